// SPDX-License-Identifier: Apache-2.0
package com.example.review;

import dev.restate.sdk.SharedWorkflowContext;
import dev.restate.sdk.WorkflowContext;
import dev.restate.sdk.annotation.Shared;
import dev.restate.sdk.annotation.Workflow;
import dev.restate.sdk.common.DurablePromiseKey;
import dev.restate.sdk.common.TimeoutException;
import dev.restate.sdk.endpoint.Endpoint;
import dev.restate.sdk.http.vertx.RestateHttpServer;
import java.time.Duration;

@Workflow
public class ReviewOnRestate {

    private static final DurablePromiseKey<Boolean> APPROVED = DurablePromiseKey.of("approved", Boolean.class);

    private final Outside outside;

    public ReviewOnRestate(Outside outside) {
        this.outside = outside;
    }

    @Workflow
    public ReviewOutcome run(WorkflowContext context, ReviewRequest request) {
        String page = context.run("fetch", String.class, () -> outside.fetch(request.page()));
        String summary = context.run("summarize", String.class, () -> outside.summarize(page));
        boolean approved;
        try {
            approved = context.promise(APPROVED).future().await(Duration.ofDays(7));
        } catch (TimeoutException e) {
            approved = false;
        }
        if (approved) {
            String key = context.key() + " call";
            context.run("call", Integer.class, () -> outside.call(request.webhook(), summary, key));
        }
        return new ReviewOutcome(summary, approved);
    }

    @Shared
    public void decide(SharedWorkflowContext context, boolean approval) {
        context.promiseHandle(APPROVED).resolve(approval);
    }

    public static void serve(Outside outside) {
        RestateHttpServer.listen(Endpoint.bind(new ReviewOnRestate(outside)));
    }
}
