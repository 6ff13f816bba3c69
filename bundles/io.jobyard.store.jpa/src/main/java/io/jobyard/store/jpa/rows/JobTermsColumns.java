// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Fire;
import io.jobyard.api.JobTerms;
import io.jobyard.store.jpa.rows.UpdateScope.WrittenIn;
import io.jobyard.store.jpa.sql.AmountText;
import io.jobyard.store.jpa.sql.Labels;
import java.time.Duration;
import java.time.Instant;
import javax.persistence.Column;
import org.jspecify.annotations.Nullable;

/** Columns of a job's row for its terms. */
public class JobTermsColumns {

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "TYPE")
    private String type;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "QUEUE")
    private @Nullable String queue;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "PRIORITY")
    private int priority;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "TIMEOUT_MILLIS")
    private long timeoutMillis;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "MAX_RETRIES")
    private int maxRetries;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "IF_DEPENDENCY_FAILS")
    private String ifDependencyFails;

    @Column(name = "DEPENDENCY_POLICIES")
    private @Nullable String dependencyPolicies;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "NOT_BEFORE")
    private @Nullable Instant notBefore;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "EXPIRES_AT")
    private @Nullable Instant expires;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "DEADLINE_AT")
    private @Nullable Instant deadline;

    @Column(name = "JOB_KEY")
    private @Nullable String key;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "KEY_UNTIL")
    private @Nullable Instant keyUntil;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "LABELS")
    private @Nullable String labels;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "HANDLER_VERSION")
    private @Nullable String handlerVersion;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "LIMITS")
    private @Nullable String limits;

    @WrittenIn(UpdateScope.TERMS)
    @Column(name = "ESTIMATES")
    private @Nullable String estimates;

    @Column(name = "SCHEDULE")
    private @Nullable String schedule;

    @Column(name = "FIRE_AT")
    private @Nullable Instant fireAt;

    @Column(name = "JOB_GROUP")
    private @Nullable String group;

    @Column(name = "ENDS_GROUP")
    private @Nullable String endsGroup;

    /** Required by the row and the persistence provider. */
    @SuppressWarnings("NullAway.Init") // EntityColumns sets the fields
    protected JobTermsColumns() {}

    final void setTerms(JobTerms terms) {
        type = terms.type();
        queue = terms.routing().queue();
        priority = terms.routing().priority();
        timeoutMillis = terms.runs().timeout().toMillis();
        maxRetries = terms.runs().maxRetries();
        ifDependencyFails = terms.dependencies().ifFails().text();
        dependencyPolicies = DependencyPolicies.write(terms.dependencies().policies());
        notBefore = terms.times().notBefore();
        expires = terms.times().expires();
        deadline = terms.times().deadline();
        key = terms.identity().key();
        keyUntil = terms.identity().keyUntil();
        labels = Labels.write(terms.identity().labels());
        handlerVersion = terms.routing().handlerVersion();
        limits = AmountText.writeNames(terms.demand().limits());
        estimates = AmountText.write(terms.demand().estimate());
        Fire fire = terms.identity().fire();
        schedule = fire == null ? null : fire.schedule();
        fireAt = fire == null ? null : fire.at();
        group = terms.identity().group();
        endsGroup = terms.identity().endsGroup();
    }

    final JobTerms terms() {
        return new JobTerms(
                type,
                new JobTerms.RoutingTerms(queue, priority, handlerVersion),
                new JobTerms.RunRules(Duration.ofMillis(timeoutMillis), maxRetries),
                new JobTerms.DependencyTerms(
                        DependencyPolicy.of(ifDependencyFails), DependencyPolicies.read(dependencyPolicies)),
                new JobTerms.JobTimes(notBefore, expires, deadline),
                new JobTerms.Identity(
                        key,
                        keyUntil,
                        Labels.read(labels),
                        schedule == null || fireAt == null ? null : new Fire(schedule, fireAt),
                        group,
                        endsGroup),
                new JobTerms.JobDemand(AmountText.readNames(limits), AmountText.read(estimates)));
    }
}
