// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.views.api.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a message.
 *
 * @param status of an answer by HTTP
 * @param body the response of JSON-RPC; null to a notification
 */
record RpcAnswer(int status, @Nullable Map<String, @Nullable Object> body) {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    /** To a notification. */
    static final RpcAnswer NONE = new RpcAnswer(ACCEPTED, null);

    static RpcAnswer result(Object id, Map<String, ?> result) {
        return new RpcAnswer(OK, body(id, "result", result));
    }

    /** The id is null if it could not be read, and left out then. */
    static RpcAnswer error(@Nullable Object id, RpcFault fault) {
        return new RpcAnswer(fault.status(), body(id, "error", fault.json()));
    }

    private static Map<String, @Nullable Object> body(@Nullable Object id, String kind, Object value) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("jsonrpc", "2.0");
        if (id != null) {
            body.put("id", id);
        }
        body.put(kind, value);
        return body;
    }

    /** One line. */
    String text() {
        return JsonWriter.compact(body == null ? Map.of() : body);
    }
}
