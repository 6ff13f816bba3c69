// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.ValidationException;
import io.jobyard.views.api.JsonReader;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Message from a client.
 *
 * @param id a text or a whole number; null for a notification and for an answer to a request (the server sends no requests)
 * @param method the method to call
 */
record RpcRequest(@Nullable Object id, String method, Map<String, Object> params) {

    private static final String ANSWER = "an answer";

    /** Reads a message. A failure here has no id yet. */
    static RpcRequest read(String text) {
        Object json;
        try {
            json = JsonReader.value("the message", text);
        } catch (ValidationException e) {
            throw RpcFault.malformed(RpcFault.PARSE_ERROR, String.valueOf(e.getMessage()));
        }
        if (!(json instanceof Map<?, ?>)) {
            throw invalid("the message is not a JSON object; send one request at a time");
        }
        Map<String, Object> message = Values.object(json);
        if (!"2.0".equals(message.get("jsonrpc"))) {
            throw invalid("the message is not JSON-RPC 2.0; set \"jsonrpc\": \"2.0\"");
        }
        Object id = message.get("id");
        if (id != null
                && !(id instanceof String || id instanceof Integer || id instanceof Long || id instanceof BigInteger)) {
            throw invalid("the id is neither a string nor a whole number; use one of them");
        }
        if (!message.containsKey("method") && (message.containsKey("result") || message.containsKey("error"))) {
            return new RpcRequest(null, ANSWER, Map.of());
        }
        if (!(message.get("method") instanceof String method)) {
            throw invalid("the method is missing; set \"method\"");
        }
        Object params = message.get("params");
        if (params != null && !(params instanceof Map<?, ?>)) {
            throw invalid("the params are not a JSON object; use an object");
        }
        return new RpcRequest(id, method, Values.object(params));
    }

    private static RpcFault invalid(String message) {
        return RpcFault.malformed(RpcFault.INVALID_REQUEST, message);
    }

    /** Returns the metadata of the request. */
    Map<String, Object> meta() {
        return Values.object(params.get("_meta"));
    }

    /** Returns a required text. */
    String text(String name) {
        if (params.get(name) instanceof String text) {
            return text;
        }
        throw RpcFault.params(name, "the parameter " + name + " is missing; use a string");
    }
}
