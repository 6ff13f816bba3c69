// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.jobs.ReadyJob;
import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * First jobs of a lane, in order and without duplicates. They are in an array, because most lanes have few jobs, most jobs are added at the
 * end, and the first is removed. The array starts small, because there may be hundreds of thousands of lanes. Guarded by the lock of {@link
 * Lanes}.
 */
final class ReadyWindow extends AbstractCollection<ReadyJob> {

    private static final ReadyJob[] NONE = {};

    private @Nullable ReadyJob[] jobs = NONE;
    private int begin;
    private int end;

    @Override
    public int size() {
        return end - begin;
    }

    /** Adds a job. Has no effect if the job is present. */
    @Override
    public boolean add(ReadyJob job) {
        int position = find(job);
        if (position >= 0) {
            return false;
        }
        int at = -position - 1;
        if (end == jobs.length) {
            int moved = makeRoom();
            at -= moved;
        }
        System.arraycopy(jobs, at, jobs, at + 1, end - at);
        jobs[at] = job;
        end++;
        return true;
    }

    /** Moves all jobs forward. Returns the number of positions. */
    private int makeRoom() {
        int moved = begin;
        int size = size();
        jobs = Arrays.copyOfRange(jobs, begin, begin + Math.max(size + 1, size + size / 2));
        begin = 0;
        end = size;
        return moved;
    }

    void remove(ReadyJob job) {
        int position = find(job);
        if (position == begin) {
            pollFirst();
        } else if (position >= 0) {
            System.arraycopy(jobs, position + 1, jobs, position, end - position - 1);
            jobs[--end] = null;
        }
    }

    ReadyJob first() {
        return present(begin);
    }

    ReadyJob last() {
        return present(end - 1);
    }

    private ReadyJob present(int position) {
        ReadyJob job = size() == 0 ? null : jobs[position];
        if (job == null) {
            throw new NoSuchElementException();
        }
        return job;
    }

    /** Removes and returns the first job; null if the window is empty. */
    @Nullable
    ReadyJob pollFirst() {
        if (size() == 0) {
            return null;
        }
        ReadyJob job = jobs[begin];
        jobs[begin++] = null;
        if (size() == 0) {
            clear();
        }
        return job;
    }

    /** Keeps only the first jobs. */
    void keep(int most) {
        if (size() > most) {
            end = begin + most;
            jobs = Arrays.copyOfRange(jobs, begin, end);
            begin = 0;
            end = most;
        }
    }

    /** Removes all jobs after this position. */
    void keepUpTo(ReadyJob last) {
        int position = find(last);
        keep((position >= 0 ? position + 1 : -position - 1) - begin);
    }

    @Override
    public void clear() {
        jobs = NONE;
        begin = 0;
        end = 0;
    }

    private int find(ReadyJob job) {
        if (begin == end || job.compareTo(last()) > 0) {
            return -end - 1;
        }
        return Arrays.binarySearch(jobs, begin, end, job);
    }

    @Override
    public Iterator<ReadyJob> iterator() {
        return new Iterator<>() {

            private int next = begin;

            @Override
            public boolean hasNext() {
                return next < end;
            }

            @Override
            public ReadyJob next() {
                ReadyJob job = next < end ? jobs[next++] : null;
                if (job == null) {
                    throw new NoSuchElementException();
                }
                return job;
            }
        };
    }
}
