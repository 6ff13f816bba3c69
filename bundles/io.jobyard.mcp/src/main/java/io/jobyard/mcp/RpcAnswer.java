// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.views.api.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a message.
 *
 * @param body the JSON-RPC response; null for a notification and for a streamed answer
 * @param goesOn the notifications of a streamed answer, with the response at the end; null for a complete answer
 */
record RpcAnswer(
        int status,
        @Nullable Map<String, @Nullable Object> body,
        @Nullable Subscription goesOn) {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int UNAUTHORIZED = 401;
    private static final int SERVICE_UNAVAILABLE = 503;

    /** Answer to a notification. */
    static final RpcAnswer NONE = new RpcAnswer(ACCEPTED, null, null);

    static RpcAnswer result(Object id, Map<String, ?> result) {
        return new RpcAnswer(OK, body(id, "result", result), null);
    }

    /** Answer to a waiting request whose token or session was revoked. */
    static final RpcAnswer REVOKED = new RpcAnswer(UNAUTHORIZED, null, null);

    /** Answer to a waiting request when the host cannot check its token or session. */
    static final RpcAnswer UNAVAILABLE = new RpcAnswer(SERVICE_UNAVAILABLE, null, null);

    /** Creates an error. The id is null if it could not be read; then the error has no id. */
    static RpcAnswer error(@Nullable Object id, RpcFault fault) {
        return new RpcAnswer(fault.status(), body(id, "error", fault.json()), null);
    }

    /** Creates a streamed answer. */
    static RpcAnswer of(Subscription subscription) {
        return new RpcAnswer(OK, null, subscription);
    }

    /** Creates a message that expects no answer. */
    static Map<String, Object> notification(String method, Map<String, ?> params) {
        Map<String, Object> notification = new LinkedHashMap<>(); // in the usual reading order
        notification.put("jsonrpc", "2.0");
        notification.put("method", method);
        notification.put("params", params);
        return notification;
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

    /** Returns the answer as one line. */
    String text() {
        return JsonWriter.compact(body == null ? Map.of() : body);
    }

    /** Returns a message as one line. */
    static String text(Map<String, ?> message) {
        return JsonWriter.compact(message);
    }
}
