// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.spi.access.Caller;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a revision of the protocol answers to requests. */
interface Revision {

    /**
     * Answers a request, now or when a job has ended. Both ways may fail.
     *
     * @throws RpcFault if it gets an error instead
     * @throws io.jobyard.api.JobyardException if the host refuses what is asked of a task
     */
    CompletableFuture<Map<String, @Nullable Object>> answer(Caller caller, RpcRequest request, ReplyChannel channel);
}
