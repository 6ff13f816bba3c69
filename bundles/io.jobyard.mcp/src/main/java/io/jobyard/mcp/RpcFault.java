// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that gets an error of JSON-RPC instead of a result. */
final class RpcFault extends RuntimeException {

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL = -32603;
    static final int HEADER_MISMATCH = -32020;
    static final int MISSING_CAPABILITY = -32021;
    static final int UNSUPPORTED_VERSION = -32022;

    private static final long serialVersionUID = 1L;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final int code;
    private final int status;
    private final transient @Nullable Map<String, Object> data;

    private RpcFault(int code, int status, String message, @Nullable Map<String, Object> data) {
        super(message);
        this.code = code;
        this.status = status;
        this.data = data;
    }

    /** What was asked cannot be done; the request itself is in order. */
    static RpcFault of(int code, String message) {
        return new RpcFault(code, OK, message, null);
    }

    /** The request is not in order, which HTTP says too. */
    static RpcFault malformed(int code, String message) {
        return malformed(code, message, null);
    }

    static RpcFault malformed(int code, String message, @Nullable Map<String, Object> data) {
        return new RpcFault(code, BAD_REQUEST, message, data);
    }

    static RpcFault unknownMethod(String method) {
        return new RpcFault(METHOD_NOT_FOUND, NOT_FOUND, "there is no method '" + method + "' here", null);
    }

    /** The same as an answer whose status by HTTP says nothing. */
    RpcFault withoutStatus() {
        return new RpcFault(code, OK, String.valueOf(getMessage()), data);
    }

    /** The status of an answer by HTTP. */
    int status() {
        return status;
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("code", code);
        json.put("message", String.valueOf(getMessage()));
        if (data != null) {
            json.put("data", data);
        }
        return json;
    }
}
