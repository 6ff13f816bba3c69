// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.FieldProblem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Call of a tool.
 *
 * @param use whether the call may be answered with a task
 * @param key the client's idempotency key, so that a repeated call runs only once; null if the client sent none
 * @param progress reports the progress of the job
 */
record McpToolCall(
        String name,
        Map<String, Object> arguments,
        TaskUse use,
        @Nullable String key,
        SentProgress progress) {

    /** Name of the metadata entry that holds the key, separate from the arguments. */
    static final String KEY = "io.jobyard/idempotencyKey";

    static McpToolCall of(RpcRequest request, TaskUse use, ReplyChannel channel) {
        Object arguments = request.params().get("arguments");
        if (arguments != null && !(arguments instanceof Map<?, ?>)) {
            throw RpcFault.params(
                    "arguments", "the parameter arguments is not an object; use a JSON object, or {} for an empty one");
        }
        Object key = request.meta().get(KEY);
        if (key != null && !(key instanceof String)) {
            throw RpcFault.params(
                    FieldProblem.path("_meta", KEY), KEY + " in _meta is not a string; use 1 to 200 characters");
        }
        return new McpToolCall(
                request.text("name"), Values.object(arguments), use, (String) key, SentProgress.of(request, channel));
    }
}
