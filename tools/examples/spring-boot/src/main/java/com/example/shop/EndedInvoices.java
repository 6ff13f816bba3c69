// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import io.jobyard.spring.boot.WebhookEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

@Component
public class EndedInvoices {

    private static final Logger LOG = LoggerFactory.getLogger(EndedInvoices.class);

    /** Receives the end of each job. The host sends it again until this method has returned. */
    @EventListener
    void ended(WebhookEvent event) {
        LOG.info("Invoice ended: job={}, status={}", event.job(), event.status());
    }
}
