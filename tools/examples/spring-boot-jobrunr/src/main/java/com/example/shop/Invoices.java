// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jobrunr.scheduling.JobBuilder.aJob;

import java.time.Duration;
import java.util.UUID;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.context.JobContext;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.storage.StorageProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

@Service
public class Invoices {

    public record Order(long number, String customer) {}

    public record Invoice(String file) {}

    private static final Duration POLL = Duration.ofSeconds(1);

    private final JobScheduler jobs;
    private final StorageProvider storage;
    private final JdbcClient database;

    Invoices(JobScheduler jobs, StorageProvider storage, JdbcClient database) {
        this.jobs = jobs;
        this.storage = storage;
        this.database = database;
    }

    /** Requests an invoice. Repeated calls for an order return the same job. */
    public UUID request(Order order) {
        return jobs.create(aJob().withId(UUID.nameUUIDFromBytes(("invoice-" + order.number()).getBytes(UTF_8)))
                        .withLabels("customer:" + order.customer())
                        .withDetails(() -> make(order, JobContext.Null)))
                .asUUID();
    }

    /** Runs on a worker of JobRunr, which has no results: the application stores the invoice. */
    public void make(Order order, JobContext context) {
        String file = order.number() + ".pdf";
        database.sql("MERGE INTO invoice VALUES (?, ?)")
                .params(context.getJobId(), file)
                .update();
    }

    public Invoice await(UUID id) throws InterruptedException {
        while (true) {
            Job job = storage.getJobById(id);
            if (job.hasState(StateName.SUCCEEDED)) {
                return database.sql("SELECT file FROM invoice WHERE job = ?")
                        .param(id)
                        .query(Invoice.class)
                        .single();
            } else if (job.hasState(StateName.FAILED) || job.hasState(StateName.DELETED)) {
                throw new IllegalStateException("no invoice: " + job.getState());
            }
            Thread.sleep(POLL.toMillis());
        }
    }
}
