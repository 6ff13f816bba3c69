// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where http_request jobs may call. */
@ObjectClassDefinition(
        name = "Jobyard HTTP requests",
        description =
                "Where jobs of the type http_request may call, and how much they may take. Nothing is allowed by default.")
@interface HttpRequestConfiguration {

    @AttributeDefinition(
            name = "allow",
            description =
                    "The origins that may be called, with commas between: a scheme, a host and a port unless it is"
                            + " the scheme's own, such as https://api.example.com,https://*.example.com:8443. A host that begins"
                            + " with *. stands for all names below it. Empty for none.",
            required = false)
    String allow() default "";

    @AttributeDefinition(
            name = "private",
            description =
                    "The private, loopback and link-local addresses that an allowed origin may have, as CIDRs with"
                            + " commas between, such as 10.1.0.0/16,127.0.0.1/32. Empty for none.",
            required = false)
    String private$() default "";

    @AttributeDefinition(
            name = "response.max.bytes",
            description = "The most bytes of an answer, unpacked. A payload may ask for less.",
            min = "1",
            max = "67108864")
    int response_max_bytes() default HttpRequestSettings.MAX_BYTES;

    @AttributeDefinition(
            name = "redirects.max",
            description = "The most redirects that one request follows.",
            min = "0",
            max = "20")
    int redirects_max() default HttpRequestSettings.MAX_REDIRECTS;

    @AttributeDefinition(
            name = "timeout.seconds",
            description = "The most seconds that a request takes with all its redirects. A payload may ask for less.",
            min = "1",
            max = "86400")
    int timeout_seconds() default HttpRequestSettings.TIMEOUT_SECONDS;
}
