// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobTerms;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.handlers.HandlerCatalog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the estimate of a bundle's estimator to the terms of a job. A failure of the estimator is ignored, because it is not the submitter's
 * fault.
 */
final class JobEstimates {

    private static final Logger LOG = LoggerFactory.getLogger(JobEstimates.class);

    private final HandlerCatalog handlers;
    private final Consumer<String> log;

    JobEstimates(HandlerCatalog handlers) {
        this(handlers, LOG::warn);
    }

    /** @param log log of the host, which gets no payloads */
    JobEstimates(HandlerCatalog handlers, Consumer<String> log) {
        this.handlers = handlers;
        this.log = log;
    }

    /** Adds units that the terms do not contain. */
    JobTerms add(JobTerms terms, String payload) {
        try {
            Map<String, Double> estimated = handlers.estimate(terms.type(), payload);
            return estimated.isEmpty() ? terms : added(terms, estimated);
        } catch (ValidationException e) {
            without(terms, "returned an invalid amount or unit");
        } catch (RuntimeException | Error e) { // any exception of users' code
            without(terms, "threw " + e.getClass().getName());
        }
        return terms;
    }

    private void without(JobTerms terms, String why) {
        log.accept("The estimator of " + terms.type() + " " + why + ": the job is admitted without an estimate");
    }

    private static JobTerms added(JobTerms terms, Map<String, Double> estimated) {
        Map<String, Double> uses = new LinkedHashMap<>(estimated);
        uses.putAll(terms.demand().estimate());
        LimitChecks.checkEstimate(uses);
        return terms.using(LimitChecks.limits(terms.demand().limits(), uses), uses);
    }
}
