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
 * @param body the response of JSON-RPC; null to a notification, and of an answer that goes on
 * @param goesOn what is told from now on, and at its end the response; null of an answer that is whole
 */
record RpcAnswer(
        int status,
        @Nullable Map<String, @Nullable Object> body,
        @Nullable Subscription goesOn) {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int UNAUTHORIZED = 401;
    private static final int SERVICE_UNAVAILABLE = 503;

    /** To a notification. */
    static final RpcAnswer NONE = new RpcAnswer(ACCEPTED, null, null);

    static RpcAnswer result(Object id, Map<String, ?> result) {
        return new RpcAnswer(OK, body(id, "result", result), null);
    }

    /** To a request that waited until its token or session was revoked. */
    static final RpcAnswer REVOKED = new RpcAnswer(UNAUTHORIZED, null, null);

    /** To a request that waited, when nobody can tell whether its token or session is still good. */
    static final RpcAnswer UNAVAILABLE = new RpcAnswer(SERVICE_UNAVAILABLE, null, null);

    /** The id is null if it could not be read, and left out then. */
    static RpcAnswer error(@Nullable Object id, RpcFault fault) {
        return new RpcAnswer(fault.status(), body(id, "error", fault.json()), null);
    }

    /** One that goes on. */
    static RpcAnswer of(Subscription subscription) {
        return new RpcAnswer(OK, null, subscription);
    }

    /** A message that nobody answers. */
    static Map<String, Object> notification(String method, Map<String, ?> params) {
        Map<String, Object> notification = new LinkedHashMap<>(); // in the order in which people read it
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

    /** One line. */
    String text() {
        return JsonWriter.compact(body == null ? Map.of() : body);
    }

    /** The same of a message that is no answer. */
    static String text(Map<String, ?> message) {
        return JsonWriter.compact(message);
    }
}
