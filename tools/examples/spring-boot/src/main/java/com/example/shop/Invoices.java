// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import io.jobyard.client.JobRequest;
import io.jobyard.client.JobyardClient;
import java.time.Duration;
import org.springframework.stereotype.Service;

@Service
public class Invoices {

    public record Order(long number, String customer) {}

    public record Invoice(String file) {}

    private final JobyardClient jobs;

    Invoices(JobyardClient jobs) {
        this.jobs = jobs;
    }

    /** Requests an invoice. Repeated calls for an order return the same job until the job is finished. */
    public String request(Order order) {
        return jobs.submit(JobRequest.of("invoice", order)
                        .key("invoice-" + order.number())
                        .label("customer", order.customer()))
                .id();
    }

    public Invoice await(String job) {
        return jobs.awaitResult(job, Invoice.class, Duration.ofMinutes(5));
    }
}
