// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.spi.access.Caller;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Request handling of one protocol revision. */
interface Revision {

    /**
     * Answers a request, now or when a job is finished. Either may fail.
     *
     * @throws RpcFault if the answer is an error
     * @throws io.jobyard.api.JobyardException if the host refuses a request about a task
     */
    CompletableFuture<Map<String, @Nullable Object>> answer(Caller caller, RpcRequest request, ReplyChannel channel);
}
