// SPDX-License-Identifier: Apache-2.0
package com.example.review;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

public final class ReviewOnTemporal {

    @WorkflowInterface
    public interface Review {
        @WorkflowMethod
        ReviewOutcome review(ReviewRequest request);

        @SignalMethod
        void decide(boolean approval);
    }

    @ActivityInterface
    public interface Activities extends Outside {}

    public static final class ReviewWorkflow implements Review {

        private final Activities outside = Workflow.newActivityStub(
                Activities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .build());
        private boolean decided;
        private boolean approved;

        @Override
        public ReviewOutcome review(ReviewRequest request) {
            String page = outside.fetch(request.page());
            String summary = outside.summarize(page);
            Workflow.await(Duration.ofDays(7), () -> decided);
            if (approved) {
                String key = Workflow.getInfo().getWorkflowId() + " call";
                outside.call(request.webhook(), summary, key);
            }
            return new ReviewOutcome(summary, approved);
        }

        @Override
        public void decide(boolean approval) {
            decided = true;
            approved = approval;
        }
    }

    public static void serve(Activities outside) {
        WorkflowClient client = WorkflowClient.newInstance(WorkflowServiceStubs.newLocalServiceStubs());
        WorkerFactory factory = WorkerFactory.newInstance(client);
        Worker worker = factory.newWorker("reviews");
        worker.registerWorkflowImplementationTypes(ReviewWorkflow.class);
        worker.registerActivitiesImplementations(outside);
        factory.start();
    }
}
