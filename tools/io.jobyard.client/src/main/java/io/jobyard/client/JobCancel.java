// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.util.concurrent.CompletableFuture;

/** Cancels a job, even if the answer of an earlier attempt was lost. */
final class JobCancel {

    private static final int CONFLICT = 409;

    private JobCancel() {}

    static CompletableFuture<String> of(HttpCalls calls, String id) {
        CompletableFuture<String> cancelled = Chained.map(
                calls.send(HttpCall.post(HttpCall.path(id, "/cancel"), null, true)), JobyardClient::changed);
        return Chained.recover(
                cancelled,
                fault -> fault instanceof JobyardClientException e && e.status() == CONFLICT
                        ? Chained.map(
                                calls.send(HttpCall.get(HttpCall.path(id, ""))),
                                job -> cancelledBefore(new RemoteJob(job), e))
                        : CompletableFuture.failedFuture(fault));
    }

    /** Returns the status if an earlier attempt cancelled the job, and its answer was lost. */
    private static String cancelledBefore(RemoteJob job, JobyardClientException conflict) {
        if (job.status().equals("cancelled")) {
            return job.status();
        }
        throw conflict;
    }
}
