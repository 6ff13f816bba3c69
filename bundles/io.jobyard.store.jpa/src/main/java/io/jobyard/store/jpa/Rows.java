// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.spi.StoredJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.persistence.EntityManager;

/** Jobs and their histories, read as entities. */
final class Rows {

    private static final String JOBS = "SELECT j FROM JobRow j WHERE j.id IN :ids";
    private static final String HISTORY = "SELECT h FROM HistoryRow h WHERE h.jobId = :id ORDER BY h.seq";

    private Rows() {}

    /** Those that exist, in the order asked. */
    static List<StoredJob> jobs(EntityManager manager, Collection<JobId> ids) {
        Map<JobId, StoredJob> found = new HashMap<>();
        for (List<byte[]> chunk : Ids.chunks(ids)) {
            for (JobRow row : manager.createQuery(JOBS, JobRow.class)
                    .setParameter("ids", chunk)
                    .getResultList()) {
                StoredJob job = row.toStored();
                found.put(job.id(), job);
            }
        }
        List<StoredJob> inOrder = new ArrayList<>(found.size());
        ids.stream().map(found::get).filter(Objects::nonNull).forEach(inOrder::add);
        return inOrder;
    }

    static List<HistoryEvent> history(EntityManager manager, JobId id) {
        return manager
                .createQuery(HISTORY, HistoryRow.class)
                .setParameter("id", Ids.bytes(id.value()))
                .getResultList()
                .stream()
                .map(HistoryRow::toEvent)
                .toList();
    }
}
