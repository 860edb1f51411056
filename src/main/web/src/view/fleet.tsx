import { useLayoutEffect } from 'preact/hooks';
import { choices, counts, loaded, sections, size, visible, type Section } from '../fleet/store';
import { EVERYTHING, isFiltered, type Filter } from '../fleet/filter';
import { filter, folded, layout } from '../preferences';
import { mayManage } from '../session';
import { number, t } from '../text/language';
import { Card } from './card';
import { Sign } from './icons';
import { keepFocus, moveFocus } from './keyboard';
import { PrinterTable } from './table';

/** All printers. */
export function FleetScreen() {
  if (!loaded.value) {
    return <p class="blank quiet">{t('fleet.loading')}</p>;
  }
  if (size.value === 0) {
    return (
      <div class="blank">
        <h1>{t('fleet.empty')}</h1>
        <p class="quiet">{t('fleet.empty_hint')}</p>
        {mayManage.value && (
          <a class="button primary" href="#/add">
            {t('nav.add')}
          </a>
        )}
      </div>
    );
  }
  const shown = sections.value;
  return (
    <>
      <h1 class="unseen">{t('nav.fleet')}</h1>
      <Tools />
      {shown.every(section => section.entries.length === 0) && <p class="blank quiet">{t('fleet.none')}</p>}
      {shown.map(section => section.entries.length > 0 && <Part key={section.key} section={section} />)}
    </>
  );
}

function Part({ section }: { section: Section }) {
  if (section.kind === 'all') {
    return <Printers section={section} label={t('nav.fleet')} />;
  }
  const title = section.kind === 'group' ? section.key : t(section.kind === 'offline' ? 'fleet.offline' : 'fleet.ungrouped');
  const key = `${section.kind}/${section.key}`;
  const isFolded = folded.value[key] ?? section.kind === 'offline';
  return (
    <section class="part">
      <h2>
        <button
          type="button"
          class="fold"
          aria-expanded={!isFolded}
          onClick={() => (folded.value = { ...folded.value, [key]: !isFolded })}
        >
          <Sign name="chevron" />
          {title} <span class="quiet">{number(section.entries.length)}</span>
        </button>
      </h2>
      {!isFolded && <Printers section={section} label={title} />}
    </section>
  );
}

function Printers({ section, label }: { section: Section; label: string }) {
  useLayoutEffect(keepFocus);
  const size = layout.value;
  if (size === 'table') {
    return (
      <div class="scroll" tabIndex={0} role="region" aria-label={label}>
        <PrinterTable entries={section.entries} label={label} />
      </div>
    );
  }
  return (
    <ul class={`cards ${size}`} aria-label={label} onKeyDown={moveFocus}>
      {section.entries.map(entry => (
        <Card key={entry.id} status={entry.status} size={size} />
      ))}
    </ul>
  );
}

/** Search and filters. */
function Tools() {
  const chosen = filter.value;
  const set = (part: Partial<Filter>) => (filter.value = { ...filter.peek(), ...part });
  return (
    <div class="tools">
      <label class="search">
        <Sign name="search" />
        <span class="unseen">{t('fleet.search')}</span>
        <input
          id="search"
          type="search"
          placeholder={t('fleet.search_hint')}
          value={chosen.text}
          onInput={event => set({ text: event.currentTarget.value })}
        />
      </label>
      <Select property="site" all={t('fleet.all_sites')} label={t('fleet.site')} />
      <Select property="model" all={t('fleet.all_models')} label={t('fleet.model')} />
      <Select property="group" all={t('fleet.all_groups')} label={t('fleet.group')} />
      <Select property="tag" all={t('fleet.all_tags')} label={t('fleet.tag')} />
      {isFiltered(chosen) && (
        <>
          <span class="quiet" role="status">
            {t('fleet.shown', { shown: number(visible.value.length), total: number(Math.max(counts.value.total, size.value)) })}
          </span>
          <button type="button" class="button" onClick={() => (filter.value = EVERYTHING)}>
            {t('fleet.clear_filter')}
          </button>
        </>
      )}
    </div>
  );
}

function Select({ property, all, label }: { property: 'site' | 'model' | 'group' | 'tag'; all: string; label: string }) {
  const values = choices.value[property];
  const chosen = filter.value[property];
  if (values.length < (property === 'site' ? 1 : 2) && chosen === '') {
    return null;
  }
  return (
    <select
      aria-label={label}
      value={chosen}
      onChange={event => (filter.value = { ...filter.peek(), [property]: event.currentTarget.value })}
    >
      <option value="">{all}</option>
      {(values.includes(chosen) || chosen === '' ? values : [chosen, ...values]).map(value => (
        <option key={value} value={value}>
          {value}
        </option>
      ))}
    </select>
  );
}
