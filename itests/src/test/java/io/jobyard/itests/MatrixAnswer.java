// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a call of the permission matrix came to.
 *
 * @param kind what it came to
 * @param text all that it said
 */
record MatrixAnswer(Kind kind, String text) {

    private static final ObjectMapper JSON = new ObjectMapper();

    enum Kind {
        DONE,
        REFUSED,
        FAILED
    }

    /** What was printed is a document, or one on each line, or nothing; the fault of a command that failed is the last. */
    static MatrixAnswer shell(int exit, String printed) throws JsonProcessingException {
        String last = printed.strip().lines().reduce("{}", (before, line) -> line);
        JsonNode error = JSON.readTree(last).path("error");
        return new MatrixAnswer(kind(exit != 0, error.path("code").asText()), printed);
    }

    static MatrixAnswer http(int status, String body) {
        boolean isProblem = status >= 400;
        boolean isRefused = status == 403 && (body.contains("\"code\":\"access\"") || body.startsWith("access: "));
        return new MatrixAnswer(isProblem ? isRefused ? Kind.REFUSED : Kind.FAILED : Kind.DONE, status + " " + body);
    }

    /** A tool that is not for the caller does not exist for it; every other refusal names the permission. */
    static MatrixAnswer mcp(JsonNode answer) {
        String said = answer.has("error")
                ? answer.at("/error/message").asText()
                : answer.at("/result/isError").asBoolean()
                        ? answer.at("/result/content/0/text").asText()
                        : "";
        boolean isRefused = said.contains(" may not ") || said.startsWith("unknown tool 'echo'");
        return new MatrixAnswer(kind(!said.isEmpty(), isRefused ? "access" : ""), answer.toString());
    }

    private static Kind kind(boolean isError, String code) {
        return !isError ? Kind.DONE : code.equals("access") ? Kind.REFUSED : Kind.FAILED;
    }

    /** Null if the cell is as expected, or what it is instead. */
    String difference(MatrixCall call, boolean isAllowed, String user) {
        boolean shows = text.contains(call.shownFor(user));
        boolean isAsExpected = !isAllowed
                ? kind == Kind.REFUSED || kind == Kind.DONE && !call.shows().isEmpty() && !call.fails() && !shows
                : shows && kind == (call.fails() ? Kind.FAILED : Kind.DONE);
        return isAsExpected
                ? null
                : (isAllowed ? "allowed" : "not allowed") + ", but " + kind + ": "
                        + text.substring(0, Math.min(300, text.length()));
    }
}
