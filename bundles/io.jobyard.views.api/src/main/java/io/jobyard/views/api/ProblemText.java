// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import java.util.Map;

/**
 * What the code of a problem means in short, always the same for one code, and what to do about it where the message does not say it.
 *
 * @param title what is wrong, in short
 * @param fix what to do
 */
record ProblemText(String title, String fix) {

    private static final ProblemText OTHER =
            new ProblemText("Request not done", "see the detail, and the log of the host");

    private static final Map<String, ProblemText> ALL = Map.ofEntries(
            Map.entry(
                    "validation",
                    new ProblemText(
                            "Invalid request",
                            "correct the parts that errors or the detail names; /openapi.json lists the fields and their types")),
            Map.entry(
                    "malformed_request",
                    new ProblemText(
                            "Malformed request",
                            "check the request line, the headers and the body: send HTTP/1.1, and JSON in UTF-8")),
            Map.entry("header_not_supported", new ProblemText("Header not supported", "leave the header out")),
            Map.entry(
                    "unauthenticated",
                    new ProblemText(
                            "Not signed in", "send a valid token as Authorization: Bearer TOKEN, or sign in again")),
            Map.entry(
                    "access",
                    new ProblemText("Not allowed", "ask an administrator for a role or a token that allows this")),
            Map.entry(
                    "foreign_origin",
                    new ProblemText("Request of another site", "send it from the console, or with a token")),
            Map.entry(
                    "not_found",
                    new ProblemText("Not found", "check the id, the name and the path; /openapi.json lists the paths")),
            Map.entry(
                    "method_not_allowed",
                    new ProblemText("Method not allowed", "use a method that the header Allow names")),
            Map.entry("not_acceptable", new ProblemText("Not acceptable", "send Accept: application/json")),
            Map.entry(
                    "state_conflict",
                    new ProblemText("Conflict with the current state", "read the current state, and decide again")),
            Map.entry(
                    "request_unfinished",
                    new ProblemText("Request not answered yet", "send the request again in a few seconds")),
            Map.entry("cursor_expired", new ProblemText("Events no longer kept", "read again with after=start")),
            Map.entry(
                    "precondition_failed", new ProblemText("Job has changed", "read the job again, and decide again")),
            Map.entry(
                    "too_large",
                    new ProblemText("Request too large", "send less, for example several batches instead of one")),
            Map.entry(
                    "unsupported_media_type",
                    new ProblemText("Unsupported media type", "send the body with Content-Type: application/json")),
            Map.entry(
                    "wrong_host",
                    new ProblemText("Unknown host name", "use a name of the host that its configuration allows")),
            Map.entry("idempotency_key", new ProblemText("Key of another request", "use a new key for each request")),
            Map.entry("quota", new ProblemText("Quota used up", "try again later, or ask an administrator for more")),
            Map.entry("internal", new ProblemText("Internal error", "read the log of the host, which has the cause")),
            Map.entry(
                    "store",
                    new ProblemText("Database not available", "try again later; /readyz and the log say more")),
            Map.entry(
                    "busy",
                    new ProblemText("Host busy", "wait as long as Retry-After says, or a few seconds, and try again")),
            Map.entry("unavailable", new ProblemText("Not available yet", "try again in a few seconds")));

    static ProblemText of(String code) {
        return ALL.getOrDefault(code, OTHER);
    }

    /** Whether the code has a text of its own. */
    static boolean knows(String code) {
        return ALL.containsKey(code);
    }
}
