#ifndef SHAPES_H
#define SHAPES_H

#include <stdbool.h>

/* What a text may look like. Pure questions; the words for people are in values.c. */
typedef bool shape(const char *text);

shape shape_shown;     /* no control characters but ends of line and tabs */
shape shape_line;      /* anything on one line, 75 characters at most: what Slack's menus show */
shape shape_paragraph; /* 1000 characters at most */
shape shape_id;        /* p1, sev-1 */
shape shape_emoji;     /* :rotating_light: */
shape shape_reaction;  /* +1, :pushpin: */
shape shape_colour;    /* #d4351c */
shape shape_duration;  /* 20m, 2h, 1d */
shape shape_days;      /* 30d */
shape shape_channel;   /* C024BE91L */
shape shape_person;    /* U, W: a user; S: a user group */
shape shape_user;      /* U, W */
shape shape_webhook;   /* https://example.com/hook, with no comma in it */
shape shape_web;       /* http or https */
shape shape_slash_command; /* /incident */
shape shape_address;       /* 127.0.0.1:8080, [::1]:8080 */
shape shape_path;
shape shape_zone; /* Europe/London: the name alone, whether there is such a zone or not */

#endif
