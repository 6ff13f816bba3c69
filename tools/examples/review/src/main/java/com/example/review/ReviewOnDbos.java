// SPDX-License-Identifier: Apache-2.0
package com.example.review;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import java.time.Duration;

public final class ReviewOnDbos {

    public interface Review {
        ReviewOutcome review(ReviewRequest request);
    }

    public static final class ReviewWorkflow implements Review {

        private final DBOS dbos;
        private final Outside outside;

        public ReviewWorkflow(DBOS dbos, Outside outside) {
            this.dbos = dbos;
            this.outside = outside;
        }

        @Override
        @Workflow(name = "review")
        public ReviewOutcome review(ReviewRequest request) {
            String page = dbos.runStep(() -> outside.fetch(request.page()), "fetch");
            String summary = dbos.runStep(() -> outside.summarize(page), "summarize");
            boolean approved =
                    dbos.<Boolean>recv("approved", Duration.ofDays(7)).orElse(false);
            if (approved) {
                String key = DBOS.workflowId() + " call";
                dbos.runStep(() -> outside.call(request.webhook(), summary, key), "call");
            }
            return new ReviewOutcome(summary, approved);
        }
    }

    public static Review serve(Outside outside) {
        DBOS dbos = new DBOS(DBOSConfig.defaultsFromEnv("review"));
        Review review = dbos.registerProxy(Review.class, new ReviewWorkflow(dbos, outside));
        dbos.launch();
        return review;
    }
}
