// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.spi.error.ErrorCode;
import io.jobyard.views.api.AcceptHeader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;

/** Media types of answers. Only this class chooses between the types that a path offers. */
final class Representation {

    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream";

    private Representation() {}

    /** Chooses by the header {@code Accept}. If the request accepts none of the types, refuses it before anything is done. */
    static String chosen(HttpServletRequest http, HttpServletResponse response, List<String> offered) {
        if (offered.size() > 1) {
            response.addHeader("Vary", "Accept");
        }
        String header = String.join(",", Collections.list(http.getHeaders("Accept")));
        return AcceptHeader.of(header)
                .choose(offered)
                .orElseThrow(() -> new RestException(
                        ErrorCode.NOT_ACCEPTABLE,
                        "the header Accept allows no media type of this path; send Accept: "
                                + String.join(" or Accept: ", offered)));
    }
}
