// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Checks that the HTTP headers match the message. Headers repeat parts of a message for intermediaries such as proxies. */
final class HeaderCheck {

    static final String VERSION = "MCP-Protocol-Version";

    private static final String METHOD = "Mcp-Method";
    private static final String NAME = "Mcp-Name";
    private static final String PARAM = "Mcp-Param-";
    private static final String ENCODED = "=?base64?";
    private static final String ENCODED_END = "?=";
    /** Name of the parameter that identifies the object of a method. */
    private static final Map<String, String> NAMES = Map.of(
            "tools/call", "name",
            "tasks/get", "taskId",
            "tasks/update", "taskId",
            "tasks/cancel", "taskId");

    private final RpcRequest request;
    private final UnaryOperator<@Nullable String> headers;

    /** Creates a check. The function returns the header of a name, or null if it is missing. */
    HeaderCheck(RpcRequest request, UnaryOperator<@Nullable String> headers) {
        this.request = request;
        this.headers = headers;
    }

    /** Checks the headers of every request. */
    void standard() {
        require(VERSION, request.meta().get(ClientClaims.VERSION));
        require(METHOD, request.method());
        String name = NAMES.get(request.method());
        if (name != null && request.params().get(name) instanceof String text) {
            require(NAME, text);
        }
    }

    /** Checks the headers that a tool's schema requires. */
    void arguments(Map<String, Object> schema) {
        arguments(schema, Values.object(request.params().get("arguments")));
    }

    private void arguments(Map<String, Object> schema, Map<String, Object> arguments) {
        Values.object(schema.get("properties")).forEach((property, described) -> {
            Map<String, Object> inner = Values.object(described);
            Object argument = arguments.get(property);
            if (inner.get("x-mcp-header") instanceof String header) {
                require(PARAM + header, argument);
            }
            arguments(inner, Values.object(argument));
        });
    }

    private void require(String header, @Nullable Object expected) {
        String given = headers.apply(header);
        String said = given == null ? null : decoded(header, given.strip());
        String wanted = expected == null ? null : expected.toString();
        if (wanted == null ? said != null : !wanted.equals(said)) {
            throw mismatch("the header " + header + (said == null ? " is missing" : " differs from the message")
                    + "; set it to the value in the message");
        }
    }

    private static String decoded(String header, String value) {
        if (!value.startsWith(ENCODED) || !value.endsWith(ENCODED_END)) {
            return value;
        }
        String encoded = value.substring(ENCODED.length(), value.length() - ENCODED_END.length());
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            if (Base64.getEncoder().encodeToString(bytes).equals(encoded)) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw mismatch("the header " + header + " is not Base64: " + e.getMessage());
        }
        throw mismatch("the header " + header + " is not Base64 with padding");
    }

    private static RpcFault mismatch(String message) {
        return RpcFault.malformed(RpcFault.HEADER_MISMATCH, message);
    }
}
