#ifndef ADDRESS_H
#define ADDRESS_H

#include <stdbool.h>

/*
 * Where an address leads: its host in small letters, with its port where that is not 443. Only what nobody can read in two
 * ways is an address: https, a plain name or number, no user.
 */
enum { ADDRESS_HOST_ROOM = 270 };

bool address_host(const char *url, char out[ADDRESS_HOST_ROOM]);
/* "hooks.example.com", "10.0.0.7:8443", "[::1]" */
bool address_is_host(const char *text);
/* Does it lead to one of these hosts, with commas between? */
bool address_is_at(const char *url, const char *hosts);

#endif
