#include "check.h"
#include "webhook.h"

/* The example of the specification. */
static void a_webhook_is_signed_as_others_verify_it(void)
{
	static const char SECRET[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
	struct buf b = { 0 };

	CHECK(webhook_sign(
		&b, SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"));
	CHECK_TEXT(b.text, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
	buf_empty(&b);
	CHECK(!webhook_sign(&b, "whsec_", "a", 1, "{}"));
	CHECK(!webhook_sign(&b, "whsec_MfK", "a", 1, "{}"));
	CHECK(!webhook_sign(&b, "whsec_M!KQ", "a", 1, "{}"));
	CHECK(!webhook_sign(&b, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "a", 1, "{}"));
	CHECK(b.len == 0);
	buf_done(&b);
}

static void check_webhook_answer(int status, int want, const char *body)
{
	struct buf b = { 0 };

	buf_add(&b, "what the receiver says");
	webhook_translate(&b, &status);
	CHECK(status == want);
	CHECK_TEXT(b.text, body);
	buf_done(&b);
}

static void a_webhooks_answer_is_done_refused_or_for_later(void)
{
	check_webhook_answer(204, 200, "{\"ok\":true}");
	check_webhook_answer(410, 200, "{\"ok\":false,\"error\":\"HTTP 410\"}");
	check_webhook_answer(302, 200, "{\"ok\":false,\"error\":\"HTTP 302\"}");
	check_webhook_answer(503, 503, "");
	check_webhook_answer(429, 429, "");
	check_webhook_answer(425, 425, "");
	check_webhook_answer(408, 408, "");
}

int main(void)
{
	a_webhook_is_signed_as_others_verify_it();
	a_webhooks_answer_is_done_refused_or_for_later();
	return 0;
}
