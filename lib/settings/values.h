#ifndef VALUES_H
#define VALUES_H

#include "schema.h"
#include "shapes.h"

/* to: const char **. Left as it was when the value is not of that shape. */
key_reader value_line, value_paragraph, value_id, value_emoji, value_colour, value_duration;
key_reader value_channel, value_webhook, value_web, value_slash_command, value_address, value_path,
	value_time_zone;

/* to: const char *const **, which ends with NULL. */
key_reader value_channels, value_people, value_words;

key_reader value_marks;       /* emoji, to: const char **, mark_name()s with commas between */
key_reader value_users;       /* to: const char **, ids with commas between */
key_reader value_hosts;       /* to: const char **, with commas between */
key_reader value_webhooks;    /* the same; what is wrong is not shown */
key_reader value_kept;        /* keep or drop, to: const char ** */
key_reader value_hours;       /* working or any, to: const char ** */
key_reader value_times;       /* 0 to 99, to: const char ** */
key_reader value_work_days;   /* to: const char **, "mon,tue" */
key_reader value_work_hours;  /* "09:00-17:30", to: const char ** */
key_reader value_bool;        /* to: bool * */
key_reader value_days;        /* to: int * */
key_reader value_connections; /* to: int * */
key_reader value_version;     /* to: nothing; it is 1 */

enum { VALUES_IN_A_LIST = 50 };

#endif
