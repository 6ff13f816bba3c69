// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import io.jobyard.client.JobyardClient;
import io.jobyard.client.RemoteEvent;
import java.util.Set;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Notifies the application of the end of each of its jobs. */
@Component
public class EndedJobs {

    public record Ended(String job, String status) {}

    private static final Set<String> ENDS = Set.of("completed", "failed", "cancelled");

    private final JobyardClient jobs;
    private final ApplicationEventPublisher publisher;

    EndedJobs(JobyardClient jobs, ApplicationEventPublisher publisher) {
        this.jobs = jobs;
        this.publisher = publisher;
    }

    /** Follows new events. An application that must not miss any event stores the latest cursor, and continues after it. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        jobs.events(null, this::tell);
    }

    private boolean tell(RemoteEvent event) {
        if (ENDS.contains(event.status())) {
            publisher.publishEvent(new Ended(event.job(), event.status()));
        }
        return true;
    }
}
