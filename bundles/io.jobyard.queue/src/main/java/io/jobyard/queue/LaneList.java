// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Lanes in no particular order. Each lane knows its index, so it can be removed without a search and with hardly any memory. Guarded by the
 * lock of {@link Lanes}.
 */
final class LaneList extends AbstractCollection<Lane> {

    /** Owner of the list. A lane has one index for each kind of owner. */
    enum Owner {
        GROUP,
        SUBMITTER
    }

    private final Owner owner;
    private final List<Lane> lanes = new ArrayList<>(1);

    LaneList(Owner owner) {
        this.owner = owner;
    }

    @Override
    public int size() {
        return lanes.size();
    }

    /** Adds a lane that is in no list of such an owner. */
    @Override
    public boolean add(Lane lane) {
        lane.position(owner, lanes.size());
        return lanes.add(lane);
    }

    /** Removes a lane of this list. */
    void remove(Lane lane) {
        Lane last = lanes.remove(lanes.size() - 1);
        if (last != lane) {
            int position = lane.position(owner);
            lanes.set(position, last);
            last.position(owner, position);
        }
    }

    @Override
    public Iterator<Lane> iterator() {
        return Collections.unmodifiableList(lanes).iterator();
    }
}
