import page from '@/shared/ui/page.module.css';

import { texts } from './texts';

type Row = { what: string; version: string; language: string; count: number };

/** How often something came about, the rows as the server has ordered them. */
export const CountTable = ({ title, head, rows }: { title: string; head: string; rows: Row[] }) => (
  <section className={page.section} aria-label={title}>
    <h2>{title}</h2>
    <div className={page.scroll} role="group" aria-label={title}>
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{texts.language}</th>
            <th scope="col">{texts.version}</th>
            <th scope="col" className={page.number}>
              {texts.count}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, version, language, count }) => (
            <tr key={`${what} ${version} ${language}`}>
              <td>{what}</td>
              <td>{language}</td>
              <td className={page.mono}>{version}</td>
              <td className={page.number}>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
