// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.error;

import java.util.Arrays;
import java.util.Optional;

/**
 * Error codes. Each declares the word that programs compare, the HTTP status, the exit status of commands, a title, and the fix for errors
 * whose message contains none. The reference page of errors is generated from this list.
 */
public enum ErrorCode {
    VALIDATION(
            "validation",
            400,
            Exit.INVALID,
            "Invalid request",
            "correct the parts that message or errors name; the reference lists the fields and their types"),
    USAGE("usage", 400, Exit.INVALID, "Invalid command", "read the help of the command"),
    MALFORMED_REQUEST(
            "malformed_request",
            400,
            Exit.INVALID,
            "Malformed request",
            "check the request line, the headers and the body: send HTTP/1.1, and JSON in UTF-8"),
    HEADER_NOT_SUPPORTED("header_not_supported", 400, Exit.INVALID, "Header not supported", "omit the header"),
    UNAUTHENTICATED(
            "unauthenticated",
            401,
            Exit.NOT_ALLOWED,
            "Not signed in",
            "send a valid token as Authorization: Bearer TOKEN, or sign in again"),
    ACCESS(
            "access",
            403,
            Exit.NOT_ALLOWED,
            "Not allowed",
            "ask an administrator for a role or a token that allows this"),
    FOREIGN_ORIGIN(
            "foreign_origin",
            403,
            Exit.NOT_ALLOWED,
            "Request from another site",
            "send the request from the console, or with a token"),
    NOT_FOUND("not_found", 404, Exit.NOT_FOUND, "Not found", "check the ID, the name or the path"),
    METHOD_NOT_ALLOWED(
            "method_not_allowed", 405, Exit.INVALID, "Method not allowed", "use a method that the header Allow names"),
    NOT_ACCEPTABLE("not_acceptable", 406, Exit.INVALID, "Not acceptable", "send Accept: application/json"),
    STATE_CONFLICT(
            "state_conflict",
            409,
            Exit.CONFLICT,
            "Conflict with the current state",
            "read the current state, and decide again"),
    REQUEST_UNFINISHED(
            "request_unfinished",
            409,
            Exit.LATER,
            "Request not answered yet",
            "send the request again in a few seconds"),
    CURSOR_EXPIRED("cursor_expired", 410, Exit.NOT_FOUND, "Events no longer kept", "read again with after=start"),
    PRECONDITION_FAILED(
            "precondition_failed", 412, Exit.CONFLICT, "Job has changed", "read the job again, and decide again"),
    TOO_LARGE(
            "too_large",
            413,
            Exit.INVALID,
            "Request too large",
            "send less, for example several batches instead of one"),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported_media_type",
            415,
            Exit.INVALID,
            "Unsupported media type",
            "send the body with Content-Type: application/json"),
    WRONG_HOST(
            "wrong_host",
            421,
            Exit.INVALID,
            "Unknown host name",
            "use a name of the host that its configuration allows"),
    IDEMPOTENCY_KEY(
            "idempotency_key", 422, Exit.CONFLICT, "Key of a different request", "use a new key for each request"),
    QUOTA("quota", 429, Exit.LATER, "Quota used up", "try again later, or ask an administrator for more"),
    INTERNAL("internal", 500, Exit.FAILED, "Internal error", "see the host's log"),
    STORE("store", 503, Exit.LATER, "Database not available", "try again later, or see /readyz and the host's log"),
    BUSY("busy", 503, Exit.LATER, "Host busy", "wait for as long as Retry-After says, or a few seconds, and try again"),
    UNAVAILABLE("unavailable", 503, Exit.LATER, "Not available yet", "try again in a few seconds"),
    UNREACHABLE(
            "unreachable",
            0,
            Exit.LATER,
            "No answer from the host",
            "check the address, and that the host runs; then try again"),
    UNTRUSTED(
            "untrusted",
            0,
            Exit.NOT_ALLOWED,
            "Certificate not trusted",
            "add the certificate to the trust store of Java, or correct the address"),
    UNCERTAIN(
            "uncertain",
            0,
            Exit.FAILED,
            "Outcome unknown",
            "check whether the request took effect before you send it again"),
    BAD_ANSWER("bad_answer", 0, Exit.FAILED, "Not an answer of Jobyard", "check the address, and any proxy in between"),
    WRONG_TYPE("wrong_type", 0, Exit.FAILED, "JSON of another type", "read the JSON as another class"),
    JOB_FAILED("job_failed", 0, Exit.FAILED, "Job failed", "read the error and the history of the job"),
    JOB_CANCELLED("job_cancelled", 0, Exit.FAILED, "Job cancelled", "read the history of the job"),
    NO_RESULT("no_result", 0, Exit.FAILED, "No result", "use a job that has a result that you may see"),
    INTERRUPTED("interrupted", 0, Exit.FAILED, "Thread interrupted", "stop the thread, or call again"),
    CLOSED("closed", 0, Exit.FAILED, "Client closed", "use an open client");

    /** Exit statuses of commands that fail. */
    private static final class Exit {
        static final int FAILED = 1;
        static final int INVALID = 2;
        static final int NOT_ALLOWED = 3;
        static final int NOT_FOUND = 4;
        static final int CONFLICT = 5;
        static final int LATER = 6;
    }

    private final String text;
    private final int status;
    private final int exit;
    private final String title;
    private final String fix;

    ErrorCode(String text, int status, int exit, String title, String fix) {
        this.text = text;
        this.status = status;
        this.exit = exit;
        this.title = title;
        this.fix = fix;
    }

    /** Finds a code by its word, for example {@code not_found}; empty if no code has this word. */
    public static Optional<ErrorCode> named(String text) {
        return Arrays.stream(values()).filter(code -> code.text.equals(text)).findFirst();
    }

    /** Returns the word that programs compare. */
    public String text() {
        return text;
    }

    /** Returns the HTTP status, 400 to 599; 0 for an error that only clients report. */
    public int status() {
        return status;
    }

    /** Returns the exit status of a command that fails with this error: 1 to 6. */
    public int exit() {
        return exit;
    }

    /** Returns a short description of the problem. */
    public String title() {
        return title;
    }

    /** Returns the fix, for messages that contain none. */
    public String fix() {
        return fix;
    }
}
