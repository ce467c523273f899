#ifndef GAGE_CCURL_SHIM_H
#define GAGE_CCURL_SHIM_H

// libcurl sets and reads options through variadic functions and a union, neither of which Swift can call.
// Each function below is one of those calls with its argument's type fixed.

#include <curl/curl.h>
#include <stddef.h>
// For Swift, whose own C library module has neither.
#include <sys/epoll.h>
#include <sys/eventfd.h>

static inline CURLcode gage_easy_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode gage_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode gage_easy_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode gage_easy_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode gage_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

/// The common shape of the write and the header callback.
typedef size_t (*gage_data_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode gage_easy_set_data_callback(CURL *easy, CURLoption option, gage_data_callback callback) {
    return curl_easy_setopt(easy, option, callback);
}

/// Sets who opens and closes the sockets of connections; libcurl's other descriptors do not pass through it.
static inline void gage_easy_set_socket_callbacks(CURL *easy, curl_opensocket_callback open,
                                                  curl_closesocket_callback close, void *context) {
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, context);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, context);
}

static inline CURLcode gage_easy_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode gage_easy_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode gage_easy_get_pointer(CURL *easy, CURLINFO info, void **value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLMcode gage_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/// Sets whom libcurl tells which sockets to watch and when to be called next.
static inline void gage_multi_set_callbacks(CURLM *multi, curl_socket_callback socket, curl_multi_timer_callback timer,
                                            void *context) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}

/// Reads a "transfer done" message: 1 with the handle and its result, 0 for any other message.
static inline int gage_message_done(const CURLMsg *message, CURL **easy, CURLcode *result) {
    if (message->msg != CURLMSG_DONE) {
        return 0;
    }
    *easy = message->easy_handle;
    *result = message->data.result;
    return 1;
}

#endif
