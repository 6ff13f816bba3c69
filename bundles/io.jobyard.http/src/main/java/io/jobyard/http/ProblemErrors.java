// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.spi.error.ErrorCode;
import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.RequestFault;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problem documents for the server's own refusals. They reveal nothing about the server or an internal error. */
final class ProblemErrors extends ErrorHandler {

    static final String SOON = "1";

    private final BooleanSupplier isStarting;

    /** Creates the handler. During startup, it reports missing paths as unavailable. */
    ProblemErrors(BooleanSupplier isStarting) {
        this.isStarting = isStarting;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getAttribute(ERROR_EXCEPTION) instanceof HttpException refusal) {
            response.setStatus(refusal.getCode());
        }
        if (response.getStatus() == HttpStatus.NOT_FOUND_404 && isStarting.getAsBoolean()) {
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
        }
        if (response.getStatus() == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, SOON);
        }
        int status = response.getStatus();
        byte[] body = ProblemAnswer.bytes(new RequestFault(code(status), status, message(status), List.of(), null));
        SecurityHeaders.put(response.getHeaders(), request.isSecure());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ErrorView.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case HttpStatus.NOT_FOUND_404 -> ErrorCode.NOT_FOUND;
            case HttpStatus.METHOD_NOT_ALLOWED_405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> ErrorCode.UNAVAILABLE;
            case HttpStatus.PAYLOAD_TOO_LARGE_413,
                    HttpStatus.URI_TOO_LONG_414,
                    HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> ErrorCode.TOO_LARGE;
            default -> status < 500 ? ErrorCode.MALFORMED_REQUEST : ErrorCode.INTERNAL;
        };
    }

    private static String message(int status) {
        return switch (status) {
            case HttpStatus.NOT_FOUND_404 -> "not found; /openapi.json lists the paths";
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> "the host is starting or busy; try again";
            case HttpStatus.PAYLOAD_TOO_LARGE_413 ->
                "the body is too large; send less, or raise body.max.bytes in etc/" + WebSettings.PID + ".cfg";
            case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                "the headers are too large; send less, or raise header.max.bytes in etc/" + WebSettings.PID + ".cfg";
            case HttpStatus.INTERNAL_SERVER_ERROR_500 -> "the request failed; see the host's log for the reason";
            default -> "the request was refused: " + HttpStatus.getMessage(status);
        };
    }
}
