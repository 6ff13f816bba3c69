// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import java.util.List;
import java.util.Map;

/**
 * Information about the client in each request, since revision 2026-07-28.
 *
 * @param version the revision that the client uses
 */
record ClientClaims(String version, Map<String, Object> capabilities) {

    static final String TASKS = "io.modelcontextprotocol/tasks";
    static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

    static ClientClaims of(RpcRequest request) {
        Map<String, Object> meta = request.meta();
        if (meta.get(VERSION) instanceof String version && meta.get(CAPABILITIES) instanceof Map<?, ?> capabilities) {
            return new ClientClaims(version, Values.object(capabilities));
        }
        throw RpcFault.malformed(
                RpcFault.INVALID_PARAMS, "the parameter _meta lacks " + VERSION + " or " + CAPABILITIES + "; set both");
    }

    void requireVersion(String supported) {
        if (!version.equals(supported)) {
            throw RpcFault.malformed(
                    RpcFault.UNSUPPORTED_VERSION,
                    "revision " + version + " is not supported; use " + supported,
                    Map.of("supported", List.of(supported), "requested", version));
        }
    }

    boolean hasTasks() {
        return Values.object(capabilities.get("extensions")).containsKey(TASKS);
    }

    boolean canAsk() {
        return capabilities.containsKey("elicitation");
    }

    void requireTasks() {
        if (!hasTasks()) {
            throw RpcFault.malformed(
                    RpcFault.MISSING_CAPABILITY,
                    "tasks require the client extension " + TASKS,
                    Map.of("requiredCapabilities", Map.of("extensions", Map.of(TASKS, Map.of()))));
        }
    }
}
