// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Routing;
import io.jobyard.api.spi.auditing.AuditStore;
import io.jobyard.api.spi.bulk.BulkStore;
import io.jobyard.api.spi.following.FeedStore;
import io.jobyard.api.spi.following.FollowerStore;
import io.jobyard.api.spi.hosting.HostStore;
import io.jobyard.api.spi.identity.IdentityStore;
import io.jobyard.api.spi.limiting.LimitStore;
import io.jobyard.api.spi.reading.JobReads;
import io.jobyard.api.spi.schedules.ScheduleStore;
import io.jobyard.api.spi.scheduling.InboxEntry;
import io.jobyard.api.spi.scheduling.JobStore;
import io.jobyard.api.spi.scheduling.RequestStore;
import io.jobyard.api.spi.scheduling.SubmissionInbox;
import io.jobyard.api.spi.using.UsageStore;
import io.jobyard.api.spi.working.WorkStore;
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
