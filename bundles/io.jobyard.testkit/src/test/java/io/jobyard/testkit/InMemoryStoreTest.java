// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.RequestStore;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.spi.usage.UsageStore;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.StoreConformance;
import io.jobyard.testkit.store.StoreUnderTest;
import io.jobyard.testkit.store.SubmissionConformance;
import java.time.Clock;
import java.util.UUID;

class InMemoryStoreTest extends StoreConformance implements SubmissionConformance {

    private long submitted;

    @Override
    public SubmissionInbox submissions() {
        return inbox();
    }

    private InMemorySubmissions inbox() {
        return ((InMemory) under()).repository.submissions(Clock.systemUTC());
    }

    @Override
    public void submitFromSql() {
        inbox().submit(new InboxEntry(++submitted, Draft.id(), "shop", "{\"type\": \"echo\", \"payload\": {}}"));
    }

    @Override
    protected StoreUnderTest open() {
        return new InMemory();
    }

    private static final class InMemory implements StoreUnderTest {

        private InMemoryStore repository = new InMemoryStore(UUID.randomUUID(), "test:1");

        @Override
        public JobStore jobs() {
            return repository;
        }

        @Override
        public JobReads reads() {
            return repository;
        }

        @Override
        public FeedStore feed() {
            return repository;
        }

        @Override
        public LimitStore limits() {
            return repository;
        }

        @Override
        public UsageStore usage() {
            return repository;
        }

        @Override
        public WorkStore work() {
            return repository.work();
        }

        @Override
        public IdentityStore identities() {
            return repository.identities();
        }

        @Override
        public BulkStore bulks() {
            return repository.bulks();
        }

        @Override
        public FollowerStore followers() {
            return repository.followers();
        }

        @Override
        public RequestStore requests() {
            return repository.requests();
        }

        @Override
        public ScheduleStore schedules() {
            return repository;
        }

        @Override
        public AuditStore audit() {
            return repository;
        }

        @Override
        public HostStore hosts() {
            return repository;
        }

        @Override
        public void ask(Routing routing) {
            repository.ask(routing);
        }

        @Override
        public void listen(CommitListener listener) {
            repository.listen(listener);
        }

        @Override
        public void restart() {
            repository = repository.restart(UUID.randomUUID(), "test:2");
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
