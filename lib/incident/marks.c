#include "marks.h"

#include <string.h>

/* Slack has several names for these; the second is the one that its clients send today. */
/* clang-format off */
static const struct { const char *other, *name; } ALIASES[] = {
	{ "thumbsup", "+1" },
	{ "thumbsdown", "-1" },
	{ "thumbs_up", "+1" },
	{ "thumbs_down", "-1" },
	{ "punch", "facepunch" },
	{ "hand", "raised_hand" },
	{ "sign_of_the_horns", "the_horns" },
	{ "middle_finger", "reversed_hand_with_middle_finger_extended" },
	{ "hand_with_index_and_middle_fingers_crossed", "crossed_fingers" },
	{ "satisfied", "laughing" },
	{ "hugging", "hugging_face" },
	{ "thinking", "thinking_face" },
	{ "star_struck", "star-struck" },
	{ "grinning_face_with_star_eyes", "star-struck" },
	{ "shocked_face_with_exploding_head", "exploding_head" },
	{ "face_with_raised_eyebrow", "face_with_one_eyebrow_raised" },
	{ "face_with_open_mouth_vomiting", "face_vomiting" },
	{ "serious_face_with_symbols_covering_mouth", "face_with_symbols_on_mouth" },
	{ "face_with_finger_covering_closed_lips", "shushing_face" },
	{ "smiling_face_with_smiling_eyes_and_hand_covering_mouth", "face_with_hand_over_mouth" },
	{ "grinning_face_with_one_large_and_one_small_eye", "zany_face" },
	{ "slightly_smiling", "slightly_smiling_face" },
	{ "poop", "hankey" },
	{ "shit", "hankey" },
	{ "collision", "boom" },
	{ "envelope_with_arrow", "incoming_envelope" },
	{ "email", "envelope" },
	{ "telephone", "phone" },
	{ "exclamation", "heavy_exclamation_mark" },
	{ "red_car", "car" },
	{ "sailboat", "boat" },
	{ "honeybee", "bee" },
	{ "running", "runner" },
	{ "flipper", "dolphin" },
	{ "paw_prints", "feet" },
	{ "waxing_gibbous_moon", "moon" },
	{ "hocho", "knife" },
	{ "izakaya_lantern", "lantern" },
	{ "pencil", "memo" },
	{ "open_book", "book" },
	{ "sun_behind_cloud", "barely_sunny" },
	{ "sun_behind_rain_cloud", "partly_sunny_rain" },
	{ "sun_small_cloud", "mostly_sunny" },
	{ "sun_behind_small_cloud", "mostly_sunny" },
	{ "lightning_cloud", "lightning" },
	{ "tornado_cloud", "tornado" },
	{ "staff_of_aesculapius", "medical_symbol" },
	{ "mother_christmas", "mrs_claus" },
	{ "uk", "gb" },
	{ "flag-gb", "gb" },
	{ "flag-us", "us" },
	{ "flag-de", "de" },
	{ "flag-fr", "fr" },
	{ "flag-es", "es" },
	{ "flag-it", "it" },
	{ "flag-jp", "jp" },
	{ "flag-kr", "kr" },
	{ "flag-cn", "cn" },
	{ "flag-ru", "ru" },
};
/* clang-format on */

const char *mark_name(struct arena *a, const char *reaction)
{
	const char *begin = reaction + (*reaction == ':');
	const char *name = arena_printf(a, "%.*s", (int)strcspn(begin, ":"), begin);

	for (size_t i = 0; i < sizeof(ALIASES) / sizeof(ALIASES[0]); i++)
		if (strcmp(ALIASES[i].other, name) == 0)
			return ALIASES[i].name;
	return name;
}
