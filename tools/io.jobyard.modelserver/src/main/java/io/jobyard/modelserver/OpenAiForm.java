// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import org.jspecify.annotations.Nullable;

/** Keys and errors of all calls in the OpenAI format. */
interface OpenAiForm extends AnswerForm {

    @Override
    default String key(Headers headers) throws BadCallException {
        String authorization = headers.getFirst("Authorization");
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            throw new BadCallException(401, "You didn't provide an API key.");
        }
        return authorization.substring("Bearer ".length());
    }

    @Override
    default String error(int status, String code, String message) {
        ObjectNode error = AnswerForm.object();
        error.putObject("error")
                .put("message", message)
                .put("type", type(status))
                .putNull("param")
                .put("code", code.isEmpty() ? code(status) : code);
        return error.toString();
    }

    @Override
    default String broken(String code, String message) {
        return "data: " + error(500, code, message) + "\n\n";
    }

    private static String type(int status) {
        return status == 429 ? "requests" : status >= 500 ? "server_error" : "invalid_request_error";
    }

    private static @Nullable String code(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            default -> null;
        };
    }
}
