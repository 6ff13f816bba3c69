// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import io.jobyard.api.JobType;
import io.jobyard.client.JobyardClient;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Service;

@Service
public class Invoices {

    public record Order(long number, String customer) {}

    public record Invoice(String file) {}

    private static final JobType<Order, Invoice> INVOICE = JobType.of("invoice", Order.class, Invoice.class);

    private final JobyardClient jobs;

    Invoices(JobyardClient jobs) {
        this.jobs = jobs;
    }

    /** Requests an invoice. Repeated calls for an order return the same job until the job is finished. */
    public String request(Order order) {
        return jobs.submit(
                        INVOICE,
                        order,
                        job -> job.key("invoice-" + order.number()).label("customer", order.customer()))
                .id()
                .join();
    }

    public CompletableFuture<Invoice> await(String job) {
        return jobs.result(job, Invoice.class);
    }
}
