// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the address where browsers and programs reach the host. */
@ObjectClassDefinition(
        name = "Jobyard HTTP",
        description = "HTTP access to the host, for browsers and programs. Without a port, HTTP is off.")
@interface WebConfiguration {

    @AttributeDefinition(name = "port", description = "TCP port; 0: HTTP is off.", min = "0", max = "65535")
    int port() default WebSettings.OFF;

    @AttributeDefinition(
            name = "bind.address",
            description = "Address of this machine on which to listen; 0.0.0.0 for all addresses. Any address except"
                    + " a loopback address requires tls.keystore.")
    String bind_address() default WebSettings.LOOPBACK;

    @AttributeDefinition(
            name = "allowed.hosts",
            description = "Names of this host in URLs, in addition to localhost and bind.address, separated by"
                    + " commas: the name in its certificate, or the name of the proxy. Requests with another"
                    + " Host header are refused.",
            required = false)
    String allowed_hosts() default "";

    @AttributeDefinition(
            name = "proxies",
            description = "Addresses of the proxies in front of this host, separated by commas. In requests from these"
                    + " addresses, X-Forwarded-For names the client, for the log and for login throttling;"
                    + " in other requests it is ignored.",
            required = false)
    String proxies() default "";

    @AttributeDefinition(
            name = "tls.keystore",
            description = "PKCS12 file with the key and the certificates; relative to the instance. If set,"
                    + " the port accepts only TLS.",
            required = false)
    String tls_keystore() default "";

    @AttributeDefinition(
            name = "tls.keystore.password",
            description = "Password of the PKCS12 file.",
            type = AttributeType.PASSWORD,
            required = false)
    String tls_keystore_password() default "";

    @AttributeDefinition(
            name = "body.max.bytes",
            description = "Maximum size of a request body. The default fits a batch of the default `max.batch.bytes`.",
            min = "1024",
            max = "67108864")
    int body_max_bytes() default WebSettings.BODY_BYTES;

    @AttributeDefinition(
            name = "header.max.bytes",
            description = "Maximum total size of the request line and the headers.",
            min = "1024",
            max = "65536")
    int header_max_bytes() default WebSettings.HEADER_BYTES;

    @AttributeDefinition(
            name = "idle.timeout.seconds",
            description = "Seconds until the host closes a connection without traffic or without a complete request.",
            min = "1",
            max = "3600")
    int idle_timeout_seconds() default WebSettings.IDLE_SECONDS;

    @AttributeDefinition(
            name = "connections.max",
            description =
                    "Maximum number of open connections, excluding event streams. A further connection closes the one that has been idle"
                            + " longest. If none is idle, further connections answer only /livez and /readyz.",
            min = "1",
            max = "65535")
    int connections_max() default WebSettings.CONNECTIONS;

    @AttributeDefinition(
            name = "threads.max",
            description =
                    "Maximum number of threads that answer requests. A few more are reserved for /livez and /readyz.",
            min = "8",
            max = "512")
    int threads_max() default WebSettings.THREADS;

    @AttributeDefinition(
            name = "streams.max",
            description = "Maximum number of open event streams. They do not count as connections.",
            min = "1",
            max = "65535")
    int streams_max() default WebSettings.STREAMS;

    @AttributeDefinition(
            name = "streams.per.user.max",
            description = "Maximum number of open event streams of one user, and of one token or session.",
            min = "1",
            max = "65535")
    int streams_per_user_max() default WebSettings.STREAMS_OF_ONE;

    @AttributeDefinition(
            name = "access.log",
            description = "Whether to log each request, with the logger io.jobyard.http.access.")
    boolean access_log() default false;
}
