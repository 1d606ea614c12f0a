#ifndef LWS_LOG_H
#define LWS_LOG_H

/* Where libwebsockets' lines go. It gives them no context, so there is one such place a process. */
void lws_log_begin(void);
const char *lws_log_last(void); /* its last error, "" when there was none */
const char *lws_log_last_tls(
	void); /* the last one about TLS: the callbacks tell no more than "SSL err 1" */
void lws_log_forget(void);

#endif
