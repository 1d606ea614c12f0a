#include "cert.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { DAYS = 30, DAY_S = 24 * 60 * 60, PEM_MAX = 16 * 1024 };

static bool cert_extend(X509 *x, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509_EXTENSION *ext;
	bool added;

	X509V3_set_ctx_nodb(&ctx);
	X509V3_set_ctx(&ctx, x, x, NULL, NULL, 0);
	ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	added = ext != NULL && X509_add_ext(x, ext, -1) == 1;
	X509_EXTENSION_free(ext);
	return added;
}

static bool cert_fill(X509 *x, EVP_PKEY *key)
{
	X509_NAME *name = X509_get_subject_name(x);
	uint64_t serial = 0;

	if (RAND_bytes((unsigned char *)&serial, sizeof serial) != 1 ||
		X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
			(const unsigned char *)"slackbox", -1, -1, 0) != 1)
		return false;
	return X509_set_version(x, 2) == 1 &&
		ASN1_INTEGER_set_uint64(X509_get_serialNumber(x), serial >> 1) == 1 &&
		X509_gmtime_adj(X509_getm_notBefore(x), -DAY_S) != NULL &&
		X509_gmtime_adj(X509_getm_notAfter(x), (long)DAYS * DAY_S) != NULL &&
		X509_set_issuer_name(x, name) == 1 && X509_set_pubkey(x, key) == 1 &&
		cert_extend(x, NID_basic_constraints, "critical,CA:TRUE") &&
		cert_extend(x, NID_subject_key_identifier, "hash") &&
		cert_extend(x, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1") &&
		X509_sign(x, key, EVP_sha256()) > 0;
}

static char *cert_text(BIO *bio)
{
	char *bytes = NULL;
	long len = BIO_get_mem_data(bio, &bytes);

	return len > 0 ? strndup(bytes, (size_t)len) : NULL;
}

bool cert_make(struct cert *out, struct fail *why)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *x = X509_new();
	BIO *key_bio = BIO_new(BIO_s_mem()), *chain_bio = BIO_new(BIO_s_mem());

	*out = (struct cert){ 0 };
	if (key != NULL && x != NULL && key_bio != NULL && chain_bio != NULL && cert_fill(x, key) &&
		PEM_write_bio_PrivateKey(key_bio, key, NULL, NULL, 0, NULL, NULL) == 1 &&
		PEM_write_bio_X509(chain_bio, x) == 1) {
		out->key = cert_text(key_bio);
		out->chain = cert_text(chain_bio);
	}
	BIO_free(key_bio);
	BIO_free(chain_bio);
	X509_free(x);
	EVP_PKEY_free(key);
	if (out->key == NULL || out->chain == NULL)
		return fail_set(why, FAIL_BROKEN, "could not make a certificate");
	return true;
}

static bool text_write(const char *path, const char *text, mode_t mode, struct fail *why)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
	bool written = f != NULL && fchmod(fd, mode) == 0 && fputs(text, f) >= 0;

	if (f == NULL && fd >= 0)
		close(fd);
	if ((f != NULL && fclose(f) != 0) || !written)
		return fail_set(why, FAIL_REFUSED, "%s: %s", path, strerror(errno));
	return true;
}

bool cert_write(const struct cert *c, const char *path, struct fail *why)
{
	return text_write(path, c->chain, 0644, why);
}

/* NULL: there is no such file. */
static char *text_read(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = f != NULL ? calloc(1, PEM_MAX) : NULL;

	if (f == NULL)
		return NULL;
	if (text == NULL)
		abort();
	if (fread(text, 1, PEM_MAX - 1, f) == 0)
		text[0] = '\0';
	(void)fclose(f); /* only read */
	return text;
}

static bool cert_lasts(const char *chain)
{
	BIO *bio = BIO_new_mem_buf(chain, -1);
	X509 *x = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	time_t soon = time(NULL) + DAY_S;
	bool lasts = x != NULL && X509_cmp_time(X509_get0_notAfter(x), &soon) > 0;

	X509_free(x);
	BIO_free(bio);
	return lasts;
}

bool cert_keep(struct cert *out, const char *dir, struct fail *why)
{
	char ca[PATH_MAX], key[PATH_MAX];

	*out = (struct cert){ 0 };
	if (snprintf(ca, sizeof ca, "%s/ca.pem", dir) >= (int)sizeof ca ||
		snprintf(key, sizeof key, "%s/key.pem", dir) >= (int)sizeof key)
		return fail_set(why, FAIL_REFUSED, "the path of --cert-dir is too long");
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return fail_set(why, FAIL_REFUSED, "%s: %s", dir, strerror(errno));
	out->chain = text_read(ca);
	out->key = text_read(key);
	if (out->chain != NULL && out->key != NULL && cert_lasts(out->chain))
		return true;
	cert_done(out);
	return cert_make(out, why) && text_write(key, out->key, 0600, why) &&
		text_write(ca, out->chain, 0644, why);
}

void cert_done(struct cert *c)
{
	free(c->key);
	free(c->chain);
	*c = (struct cert){ 0 };
}
