#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "nearest.h"
#include "report.h"

static const char *const FORMATS[] = {
	[REPORT_MARKDOWN] = "markdown",
	[REPORT_HTML] = "html",
	[REPORT_JSON] = "json",
	[REPORT_CSV] = "csv",
};

static const char *const TEMPLATES[] = {
	[REPORT_PLAIN] = "plain",
	[REPORT_GDS] = "gds",
	[REPORT_SRE] = "sre",
};

/* "no format 'htlm'; did you mean 'html'? There are markdown, html, json, csv" */
static bool refuse(
	const char *what, const char *name, const char *const *list, int count, struct fail *why)
{
	struct nearest near = { .word = name };
	const char *meant;
	char all[80] = "";

	for (int i = 0; i < count; i++) {
		nearest_try(&near, list[i]);
		(void)strncat(
			all, i > 0 ? ", " : "", sizeof(all) - strlen(all) - 1); /* ours: fits */
		(void)strncat(all, list[i], sizeof(all) - strlen(all) - 1);
	}
	meant = nearest_found(&near);
	return fail_set(why, FAIL_REFUSED, "no %s '%.60s'%s%s%s There are %s", what, name,
		meant != NULL ? "; did you mean '" : "", meant != NULL ? meant : "",
		meant != NULL ? "'?" : ".", all);
}

static bool find(const char *what, const char *name, const char *const *list, int count, int *found,
	struct fail *why)
{
	for (int i = 0; i < count; i++)
		if (strcmp(name, list[i]) == 0) {
			*found = i;
			return true;
		}
	return refuse(what, name, list, count, why);
}

bool report_format_find(const char *name, enum report_format *found, struct fail *why)
{
	int i = 0;

	if (!find("format", name, FORMATS, sizeof(FORMATS) / sizeof(FORMATS[0]), &i, why))
		return false;
	*found = (enum report_format)i;
	return true;
}

bool report_template_find(const char *name, enum report_template *found, struct fail *why)
{
	int i = 0;

	if (!find("template", name, TEMPLATES, sizeof(TEMPLATES) / sizeof(TEMPLATES[0]), &i, why))
		return false;
	*found = (enum report_template)i;
	return true;
}

/* 90s, 15m, 2h, 3d: at most 100 years. */
static bool read_span(const char *text, int64_t *seconds)
{
	static const struct {
		char letter;
		int64_t seconds;
	} UNITS[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 'w', 604800 } };
	char *end;
	int64_t count;

	if (!isdigit((unsigned char)*text))
		return false;
	count = strtoll(text, &end, 10);
	if (strlen(end) != 1)
		return false;
	for (size_t i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++)
		if (UNITS[i].letter == *end && count <= 36525LL * 86400 / UNITS[i].seconds) {
			*seconds = count * UNITS[i].seconds;
			return true;
		}
	return false;
}

/* The moment that these clocks show; *rest is what follows it. */
static bool read_clocks(const char *text, int64_t *us, const char **rest)
{
	static const char *const SHAPES[] = { "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S",
		"%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d" };

	for (size_t i = 0; i < sizeof(SHAPES) / sizeof(SHAPES[0]); i++) {
		struct tm tm = { 0 };
		const char *end = strptime(text, SHAPES[i], &tm);
		int day = tm.tm_mday, month = tm.tm_mon;

		if (end == NULL || (*end != '\0' && strcmp(end, "Z") != 0))
			continue;
		*us = (int64_t)timegm(&tm) * 1000000;
		*rest = end;
		return tm.tm_mday == day && tm.tm_mon == month; /* no 31st of June */
	}
	return false;
}

bool report_since(
	const char *text, const struct zone *zone, int64_t now_us, int64_t *us, struct fail *why)
{
	int64_t seconds, clocks;
	const char *rest;

	if (read_span(text, &seconds))
		*us = now_us - seconds * 1000000;
	else if (read_clocks(text, &clocks, &rest))
		*us = *rest == 'Z' ? clocks : zone_utc_us(zone, clocks);
	else
		return fail_set(why, FAIL_REFUSED,
			"'%.60s' is no time: wanted 2h, 3d or 2026-11-23T10:00, by the clocks of %s",
			text, zone_name(zone));
	return true;
}
