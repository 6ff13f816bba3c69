// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports the progress of a call's job to a client that requested it. Used by one call and its thread. */
final class SentProgress {

    private final @Nullable Object token;
    private final ReplyChannel channel;
    private long told = -1;

    private SentProgress(@Nullable Object token, ReplyChannel channel) {
        this.token = token;
        this.channel = channel;
    }

    /** Creates reports for a client that sent a progress token, if the channel carries notifications. */
    static SentProgress of(RpcRequest request, ReplyChannel channel) {
        Object given = request.meta().get("progressToken");
        boolean isOne = given instanceof String || given instanceof Number;
        return new SentProgress(isOne && channel.carriesMore() ? given : null, channel);
    }

    /** Reports the progress only if it has increased, as the protocol requires. */
    void look(StatusReporter reporter, JobId job) {
        if (token != null) {
            reporter.progress(job).filter(progress -> progress.done() > told).ifPresent(progress -> {
                told = progress.done();
                Map<String, Object> params = new LinkedHashMap<>();
                params.put("progressToken", token);
                params.put("progress", progress.done());
                if (progress.total() > 0) {
                    params.put("total", progress.total());
                }
                if (!progress.text().isEmpty()) {
                    params.put("message", progress.text());
                }
                channel.tell(RpcAnswer.notification("notifications/progress", params));
            });
        }
    }
}
