// SPDX-License-Identifier: Apache-2.0
package com.example.review;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedJobHandler;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@HandlesJob("review")
public final class ReviewOnJobyard implements TypedJobHandler<ReviewRequest, ReviewOutcome> {

    private final Outside outside;

    @Activate
    public ReviewOnJobyard(@Reference Outside outside) {
        this.outside = outside;
    }

    @Override
    public ReviewOutcome handle(ReviewRequest request, JobContext context) throws Exception {
        String page = context.step("fetch", String.class, () -> outside.fetch(request.page()));
        String summary = context.step("summarize", String.class, () -> outside.summarize(page));
        boolean approved =
                context.signal("approved", Boolean.class, Duration.ofDays(7)).orElse(false);
        if (approved) {
            String key = context.job().id() + " call";
            context.step("call", Integer.class, () -> outside.call(request.webhook(), summary, key));
        }
        return new ReviewOutcome(summary, approved);
    }
}
