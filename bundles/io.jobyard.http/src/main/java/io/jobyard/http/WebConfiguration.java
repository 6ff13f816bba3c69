// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where browsers and programs reach the host. */
@ObjectClassDefinition(
        name = "Jobyard HTTP",
        description = "Where browsers and programs reach the host. Without a port it listens nowhere.")
@interface WebConfiguration {

    @AttributeDefinition(
            name = "port",
            description = "The TCP port; 0 for none, so that the host listens nowhere.",
            min = "0",
            max = "65535")
    int port() default WebSettings.OFF;

    @AttributeDefinition(
            name = "bind.address",
            description = "The address of this machine on which the port is open; 0.0.0.0 for all of them. Any but a"
                    + " loopback address needs tls.keystore.")
    String bind_address() default WebSettings.LOOPBACK;

    @AttributeDefinition(
            name = "allowed.hosts",
            description =
                    "The names by which browsers and programs call this host beside localhost and bind.address, with"
                            + " commas between them: that of its certificate, or that of the proxy before it. Requests with another"
                            + " Host header are refused.",
            required = false)
    String allowed_hosts() default "";

    @AttributeDefinition(
            name = "proxies",
            description = "The addresses of the proxies before this host, with commas between them. Of what comes from"
                    + " there, X-Forwarded-For says who has asked, for the log and for the throttle of wrong passwords;"
                    + " nobody else is believed.",
            required = false)
    String proxies() default "";

    @AttributeDefinition(
            name = "tls.keystore",
            description = "The file with the key and the certificates, in PKCS12; relative to the instance. With it"
                    + " the port speaks TLS and nothing else.",
            required = false)
    String tls_keystore() default "";

    @AttributeDefinition(
            name = "tls.keystore.password",
            description = "The password of that file.",
            type = AttributeType.PASSWORD,
            required = false)
    String tls_keystore_password() default "";

    @AttributeDefinition(
            name = "body.max.bytes",
            description = "The largest body of a request. The default holds a batch of the default `max.batch.bytes`.",
            min = "1024",
            max = "67108864")
    int body_max_bytes() default WebSettings.BODY_BYTES;

    @AttributeDefinition(
            name = "header.max.bytes",
            description = "The most that the first line and the headers of a request may take together.",
            min = "1024",
            max = "65536")
    int header_max_bytes() default WebSettings.HEADER_BYTES;

    @AttributeDefinition(
            name = "idle.timeout.seconds",
            description =
                    "Seconds after which a connection is closed on which nothing moves, or no whole request comes.",
            min = "1",
            max = "3600")
    int idle_timeout_seconds() default WebSettings.IDLE_SECONDS;

    @AttributeDefinition(
            name = "connections.max",
            description =
                    "How many connections may be open at once, event streams left out. One more closes the connection that has been idle"
                            + " the longest. While none is idle, only /livez and /readyz are answered on further connections.",
            min = "1",
            max = "65535")
    int connections_max() default WebSettings.CONNECTIONS;

    @AttributeDefinition(
            name = "threads.max",
            description = "How many threads answer requests. A few more are kept for /livez and /readyz.",
            min = "8",
            max = "512")
    int threads_max() default WebSettings.THREADS;

    @AttributeDefinition(
            name = "streams.max",
            description = "How many event streams may be open at once. They do not count as connections.",
            min = "1",
            max = "65535")
    int streams_max() default WebSettings.STREAMS;

    @AttributeDefinition(
            name = "streams.per.user.max",
            description = "How many event streams one user, and one token or session, may hold open at once.",
            min = "1",
            max = "65535")
    int streams_per_user_max() default WebSettings.STREAMS_OF_ONE;

    @AttributeDefinition(
            name = "access.log",
            description = "Whether each request is a line in the log, of the logger io.jobyard.http.access.")
    boolean access_log() default false;
}
