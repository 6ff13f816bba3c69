// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import java.util.List;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.filters.JobServerFilter;
import org.jobrunr.server.BackgroundJobServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

@Component
public class EndedInvoices implements JobServerFilter {

    private static final Logger LOG = LoggerFactory.getLogger(EndedInvoices.class);

    EndedInvoices(BackgroundJobServer server) {
        server.setJobFilters(List.of(this));
    }

    @Override
    public void onProcessingSucceeded(Job job) {
        LOG.info("Invoice ended: job={}, status=completed", job.getId());
    }

    @Override
    public void onFailedAfterRetries(Job job) {
        LOG.info("Invoice ended: job={}, status=failed", job.getId());
    }
}
