// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobyardException;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.RequestFault;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request that receives a JSON-RPC error instead of a result. The error data has the same fields as in every interface. */
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
    private static final int TOO_MANY_REQUESTS = 429;

    private final int code;
    private final int status;
    private final transient RequestFault fault;
    private final transient Map<String, Object> data;

    private RpcFault(int code, int status, RequestFault fault, Map<String, Object> data) {
        super(fault.line());
        this.code = code;
        this.status = status;
        this.fault = fault;
        this.data = data;
    }

    /** Reports an invalid parameter of a well-formed request. */
    static RpcFault params(String field, String line) {
        return new RpcFault(INVALID_PARAMS, OK, RequestFault.of(ErrorCode.VALIDATION, field, line), Map.of());
    }

    /** Reports a request that the host does not perform. */
    static RpcFault of(ErrorCode kind, String line) {
        return new RpcFault(INTERNAL, OK, RequestFault.of(kind, line), Map.of());
    }

    /** Reports a request that the host refuses or cannot perform. */
    static RpcFault of(JobyardException refusal) {
        RequestFault fault = RequestFault.of(refusal);
        return new RpcFault(fault.status() < TOO_MANY_REQUESTS ? INVALID_PARAMS : INTERNAL, OK, fault, Map.of());
    }

    /** Reports a malformed request, with a matching HTTP status. */
    static RpcFault malformed(int code, String line) {
        return malformed(code, line, Map.of());
    }

    static RpcFault malformed(int code, String line, Map<String, Object> data) {
        return new RpcFault(code, BAD_REQUEST, RequestFault.of(ErrorCode.MALFORMED_REQUEST, line), data);
    }

    static RpcFault unknownMethod(String method) {
        RequestFault fault = RequestFault.of(
                ErrorCode.NOT_FOUND, "unknown method '" + method + "'; use a method that MCP defines for servers");
        return new RpcFault(METHOD_NOT_FOUND, NOT_FOUND, fault, Map.of());
    }

    /** Returns the same fault with a neutral HTTP status. */
    RpcFault withoutStatus() {
        return new RpcFault(code, OK, fault, data);
    }

    /** Returns the HTTP status of the answer. */
    int status() {
        return status;
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> all = ErrorView.FAULT.json(fault);
        all.putAll(data);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("code", code);
        json.put("message", fault.line());
        json.put("data", all);
        return json;
    }
}
