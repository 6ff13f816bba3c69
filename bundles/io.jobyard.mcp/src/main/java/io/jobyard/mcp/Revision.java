// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.spi.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a revision of the protocol answers to requests. */
interface Revision {

    /**
     * Answers a request.
     *
     * @throws RpcFault if it gets an error instead
     * @throws io.jobyard.api.JobyardException if the host refuses what is asked of a task
     */
    Map<String, @Nullable Object> answer(Caller caller, RpcRequest request, ReplyChannel channel)
            throws InterruptedException;
}
