// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code http_request} jobs. */
@ObjectClassDefinition(
        name = "Jobyard HTTP requests",
        description =
                "Origins that jobs of the type http_request may call, and limits of their calls. Nothing is allowed by default.")
@interface HttpRequestConfiguration {

    @AttributeDefinition(
            name = "allow",
            description = "Origins that jobs may call, separated by commas: a scheme, a host, and a port unless it is"
                    + " the scheme's default; for example https://api.example.com,https://*.example.com:8443. A host that begins"
                    + " with *. matches all its subdomains. Empty: none.",
            required = false)
    String allow() default "";

    @AttributeDefinition(
            name = "private",
            description = "Private, loopback and link-local addresses that an allowed origin may have, as CIDRs"
                    + " separated by commas, for example 10.1.0.0/16,127.0.0.1/32. Empty: none.",
            required = false)
    String private$() default "";

    @AttributeDefinition(
            name = "response.max.bytes",
            description =
                    "Maximum size of a response, in bytes after decompression. A payload may set a lower maximum.",
            min = "1",
            max = "67108864")
    int response_max_bytes() default HttpRequestSettings.MAX_BYTES;

    @AttributeDefinition(
            name = "redirects.max",
            description = "Maximum number of redirects of a request.",
            min = "0",
            max = "20")
    int redirects_max() default HttpRequestSettings.MAX_REDIRECTS;

    @AttributeDefinition(
            name = "timeout.seconds",
            description =
                    "Timeout of a request with all its redirects, in seconds. A payload may set a shorter timeout.",
            min = "1",
            max = "86400")
    int timeout_seconds() default HttpRequestSettings.TIMEOUT_SECONDS;
}
